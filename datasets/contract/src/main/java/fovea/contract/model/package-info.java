/** 3D models and their file formats. */
@NullMarked
package fovea.contract.model;

import org.jspecify.annotations.NullMarked;
