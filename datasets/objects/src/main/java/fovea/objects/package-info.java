/** One door to object storage: S3, R2, MinIO and a local folder. */
@NullMarked
package fovea.objects;

import org.jspecify.annotations.NullMarked;
