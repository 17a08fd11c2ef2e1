"""What a data scientist would write: the steps of `fovea preprocess` with python3-opencv, one process a core.

Arguments: folder of JPEGs, folder for PNGs. The steps and parameters are Fovea's defaults: field of view, circular crop, area
resize to 512, local average subtraction, CLAHE on luminance, and a sharpness, brightness and contrast figure on a small copy.
It looks for no disc, fovea, vessels or cup. Debian packages: python3-opencv.
"""

import csv
import multiprocessing
import pathlib
import sys

import cv2
import numpy as np

SIZE = 512


def field(image):
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    _, mask = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 3), 15, 255, cv2.THRESH_BINARY)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    (x, y), radius = cv2.minEnclosingCircle(max(contours, key=cv2.contourArea))
    return int(x), int(y), int(radius)


def crop(image, x, y, r):
    height, width = image.shape[:2]
    top, left = max(0, y - r), max(0, x - r)
    bottom, right = min(height, y + r), min(width, x + r)
    part = image[top:bottom, left:right]
    return cv2.copyMakeBorder(
        part, top - (y - r), y + r - bottom, left - (x - r), x + r - right, cv2.BORDER_CONSTANT
    )


def process(task):
    source, target = task
    image = cv2.imread(str(source), cv2.IMREAD_COLOR)
    x, y, r = field(image)
    square = cv2.resize(crop(image, x, y, r), (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    mask = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(mask, (SIZE // 2, SIZE // 2), SIZE // 2, 255, -1)
    even = cv2.addWeighted(square, 2.5, cv2.GaussianBlur(square, (0, 0), 0.05 * SIZE), -2.5, 128)
    lab = cv2.cvtColor(even, cv2.COLOR_BGR2LAB)
    lab[:, :, 0] = cv2.createCLAHE(1.5, (8, 8)).apply(lab[:, :, 0])
    result = cv2.cvtColor(lab, cv2.COLOR_LAB2BGR)
    result[mask == 0] = 0
    cv2.imwrite(str(target), result)
    small = cv2.cvtColor(cv2.resize(square, (256, 256), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    return source.name, cv2.Laplacian(small, cv2.CV_64F).var(), small.mean(), small.std()


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    tasks = [(file, target / (file.stem + ".png")) for file in sorted(source.glob("*.jpg"))]
    with multiprocessing.Pool() as pool, open(target / "quality.csv", "w", newline="") as report:
        writer = csv.writer(report)
        writer.writerow(["file", "sharpness", "brightness", "contrast"])
        writer.writerows(pool.imap_unordered(process, tasks, chunksize=8))


if __name__ == "__main__":
    main()
