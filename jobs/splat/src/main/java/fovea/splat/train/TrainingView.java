package fovea.splat.train;

import fovea.scene.Picture;
import fovea.splat.render.Camera;

/** A photograph to fit, of exactly its camera's size, without distortion. */
public record TrainingView(String name, Camera camera, Picture picture) {}
