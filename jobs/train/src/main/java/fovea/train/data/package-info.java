/**
 * Pictures and labels on their way into a network: decoding, splitting into parts, augmentation.
 */
@NullMarked
package fovea.train.data;

import org.jspecify.annotations.NullMarked;
