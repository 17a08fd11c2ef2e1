/** Lossless output at the speed of the rest: PNG whose deflate is Huffman codes and long runs. */
@NullMarked
package fovea.preprocess.png;

import org.jspecify.annotations.NullMarked;
