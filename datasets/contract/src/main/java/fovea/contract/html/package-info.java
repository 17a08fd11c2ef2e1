/** Words inside pages. */
@NullMarked
package fovea.contract.html;

import org.jspecify.annotations.NullMarked;
