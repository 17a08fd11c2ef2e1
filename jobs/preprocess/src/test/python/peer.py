"""What one would write with OpenCV in Python instead of `fovea preprocess`: the same steps. By hand only.

    python3 peer.py FOLDER [ROUNDS]      processor milliseconds a photograph, one thread
    python3 peer.py FOLDER --into OUT    every photograph to a PNG and a line of quality.csv, a process a core

FOLDER holds JPEG photographs; BenchMain and LakeBenchmark write theirs. Disc, fovea, vessels and cup are
left out, which favours the peer. Debian's python3-opencv.
"""

import csv
import glob
import multiprocessing
import os
import sys
import time

import cv2
import numpy as np

SIZE = 512


def field(bgr):
    scale = 256 / max(bgr.shape[:2])
    small = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(small.max(axis=2), 3)
    _, lit = cv2.threshold(light, 0.12 * np.percentile(light, 95), 255, cv2.THRESH_BINARY)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    lit = cv2.morphologyEx(lit, cv2.MORPH_OPEN, disc)
    outlines, _ = cv2.findContours(lit, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    (x, y), radius = cv2.minEnclosingCircle(max(outlines, key=cv2.contourArea))
    return (x + 0.5) / scale, (y + 0.5) / scale, radius / scale


def square(bgr, x, y, radius):
    left, top, edge = int(x - radius), int(y - radius), int(np.ceil(2 * radius))
    part = bgr[max(0, top) : top + edge, max(0, left) : left + edge]
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_AREA)


def even(bgr, mask):
    small = cv2.resize(bgr, (SIZE // 8, SIZE // 8), interpolation=cv2.INTER_AREA)
    local = cv2.resize(cv2.GaussianBlur(small, (0, 0), 3.2), (SIZE, SIZE))
    result = cv2.addWeighted(bgr, 2.5, local, -2.5, 128)
    result[mask == 0] = 128
    return result


def equalised(bgr):
    split = cv2.cvtColor(bgr, cv2.COLOR_BGR2YCrCb)
    split[:, :, 0] = cv2.createCLAHE(1.5, (8, 8)).apply(split[:, :, 0])
    return cv2.cvtColor(split, cv2.COLOR_YCrCb2BGR)


def quality(bgr):
    green = cv2.resize(bgr, (256, 256), interpolation=cv2.INTER_AREA)[:, :, 1].astype(np.float32)
    fine, middle, local = (cv2.GaussianBlur(green, (0, 0), s) for s in (1, 2.5, 8))
    return (fine - middle).std() / max(0.5, (fine - local).std())


def process(content, flags):
    bgr = cv2.imdecode(content, flags)
    cut = square(bgr, *field(bgr))
    mask = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(mask, (SIZE // 2, SIZE // 2), SIZE // 2, 255, -1)
    score = quality(cut)
    result = cv2.bitwise_and(equalised(even(cut, mask)), cv2.merge([mask] * 3))
    return score, cv2.imencode(".png", result)[1]


def measure(folder, rounds):
    files = [np.fromfile(name, np.uint8) for name in photographs(folder)]
    work = {
        "bare decode": lambda file: cv2.imdecode(file, cv2.IMREAD_COLOR),
        "whole, decoded whole": lambda file: process(file, cv2.IMREAD_COLOR),
        "whole, decoded at half": lambda file: process(file, cv2.IMREAD_REDUCED_COLOR_2),
    }
    spent = dict.fromkeys(work, 0.0)
    for turn in range(-1, rounds):
        for file in files:
            for name, run in work.items():
                start = time.thread_time()
                run(file)
                spent[name] += (time.thread_time() - start) * (turn >= 0)
    for name, seconds in spent.items():
        print(f"{name:24} {1000 * seconds / rounds / len(files):7.2f} ms")


def convert(task):
    source, target = task
    score, png = process(np.fromfile(source, np.uint8), cv2.IMREAD_COLOR)
    png.tofile(target)
    return source, score


def convert_all(folder, out):
    os.makedirs(out, exist_ok=True)
    tasks = [(name, os.path.join(out, os.path.basename(name) + ".png")) for name in photographs(folder)]
    with multiprocessing.Pool() as pool, open(os.path.join(out, "quality.csv"), "w", newline="") as report:
        csv.writer(report).writerows(pool.imap_unordered(convert, tasks, chunksize=8))


def photographs(folder):
    return sorted(glob.glob(folder + "/*.jpg"))


if __name__ == "__main__":
    cv2.setNumThreads(1)
    if sys.argv[2:3] == ["--into"]:
        convert_all(sys.argv[1], sys.argv[3])
    else:
        measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)
