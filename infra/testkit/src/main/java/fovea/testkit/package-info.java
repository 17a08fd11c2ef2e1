/** What tests share: the contract of every object store, real stores to test against, data. */
@NullMarked
package fovea.testkit;

import org.jspecify.annotations.NullMarked;
