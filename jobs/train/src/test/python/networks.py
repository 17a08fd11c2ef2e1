"""Fovea's networks in plain PyTorch, with torchvision's names: peers for benchmarks and tests."""

import math

import torch
from torch import nn


def conv_norm(inputs, outputs, kernel, stride=1, groups=1):
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    return conv, nn.BatchNorm2d(outputs)


class SmallCnn(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        channels = [3, 16, 32, 64, 128, 192]
        self.features = nn.Sequential(
            *[nn.Sequential(*conv_norm(channels[i], channels[i + 1], 3)) for i in range(5)]
        )
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(192, outputs)

    def forward(self, x):
        for i, stage in enumerate(self.features):
            x = nn.functional.max_pool2d(x, 2) if i else x
            x = nn.functional.relu(stage(x), inplace=True)
        return self.classifier(self.dropout(x.mean([2, 3])))


class BasicBlock(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(inputs, width, 3, stride)
        self.conv2, self.bn2 = conv_norm(width, width, 3)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != width:
            self.downsample = nn.Sequential(*conv_norm(inputs, width, 1, stride))

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class ResNet18(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv1, self.bn1 = conv_norm(3, 64, 7, 2)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for i in range(4):
            width = 64 << i
            blocks = [BasicBlock(inputs, width, 2 if i else 1), BasicBlock(width, width, 1)]
            setattr(self, f"layer{i + 1}", nn.Sequential(*blocks))
            inputs = width
        self.fc = nn.Linear(512, outputs)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, squeezed):
        super().__init__()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, channels, 1)
        self.activation = nn.SiLU(inplace=True)

    def forward(self, x):
        return torch.sigmoid(self.fc2(self.activation(self.fc1(self.avgpool(x))))) * x


class MBConv(nn.Module):
    def __init__(self, inputs, outputs, expansion, kernel, stride, skipped):
        super().__init__()
        wide = inputs * expansion
        layers = []
        if expansion != 1:
            layers.append(nn.Sequential(*conv_norm(inputs, wide, 1), nn.SiLU(inplace=True)))
        depthwise = conv_norm(wide, wide, kernel, stride, wide)
        layers.append(nn.Sequential(*depthwise, nn.SiLU(inplace=True)))
        layers.append(SqueezeExcitation(wide, max(1, inputs // 4)))
        layers.append(nn.Sequential(*conv_norm(wide, outputs, 1)))
        self.block = nn.Sequential(*layers)
        self.shortcut = stride == 1 and inputs == outputs
        self.skipped = skipped

    def forward(self, x):
        y = self.block(x)
        if not self.shortcut:
            return y
        if self.training and self.skipped > 0:
            kept = torch.empty(y.shape[0], 1, 1, 1).bernoulli_(1 - self.skipped)
            y = y * kept.div_(1 - self.skipped)
        y += x
        return y


class EfficientNetB0(nn.Module):
    STAGES = [
        (1, 3, 1, 16, 1),
        (6, 3, 2, 24, 2),
        (6, 5, 2, 40, 2),
        (6, 3, 2, 80, 3),
        (6, 5, 1, 112, 3),
        (6, 5, 2, 192, 4),
        (6, 3, 1, 320, 1),
    ]

    def __init__(self, outputs):
        super().__init__()
        stages = [nn.Sequential(*conv_norm(3, 32, 3, 2), nn.SiLU(inplace=True))]
        inputs, before, blocks = 32, 0, sum(stage[4] for stage in self.STAGES)
        for expansion, kernel, stride, channels, count in self.STAGES:
            stage = []
            for i in range(count):
                step = 1 if i else stride
                skipped = 0.2 * before / blocks
                stage.append(MBConv(inputs, channels, expansion, kernel, step, skipped))
                inputs, before = channels, before + 1
            stages.append(nn.Sequential(*stage))
        stages.append(nn.Sequential(*conv_norm(320, 1280, 1), nn.SiLU(inplace=True)))
        self.features = nn.Sequential(*stages)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, outputs))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                fan = module.out_channels * module.kernel_size[0] ** 2
                nn.init.normal_(module.weight, 0, math.sqrt(2 / fan))

    def forward(self, x):
        x = nn.functional.adaptive_avg_pool2d(self.features(x), 1)
        return self.classifier(torch.flatten(x, 1))


NETWORKS = {"cnn": SmallCnn, "resnet18": ResNet18, "efficientnet-b0": EfficientNetB0}
