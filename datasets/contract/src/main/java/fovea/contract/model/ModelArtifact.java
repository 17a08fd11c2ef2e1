package fovea.contract.model;

import fovea.contract.capture.ObjectKey;

/**
 * A model file that lies in object storage.
 *
 * @param key where it lies
 * @param format what it is
 * @param bytes its size
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record ModelArtifact(ObjectKey key, ModelFormat format, long bytes, String sha256) {}
