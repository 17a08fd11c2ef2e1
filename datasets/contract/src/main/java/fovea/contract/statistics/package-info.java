/** Figures of shares and scores with their intervals; plain arrays in, plain numbers out. */
@NullMarked
package fovea.contract.statistics;

import org.jspecify.annotations.NullMarked;
