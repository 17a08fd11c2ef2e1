package fovea.catalog;

/**
 * What a create request gave.
 *
 * @param id of the thing
 * @param existed whether it was there before
 */
public record Made(String id, boolean existed) {}
