package fovea.lake;

import java.io.Serializable;

/**
 * One data file of a table, as its log has it.
 *
 * @param path its URI
 * @param bytes its length
 * @param rows rows in it, those deleted since by a deletion vector included; -1 where not known
 * @param deletions the URI of the file that says which rows are deleted; empty for none
 */
public record DataFile(String path, long bytes, long rows, String deletions)
    implements Serializable {}
