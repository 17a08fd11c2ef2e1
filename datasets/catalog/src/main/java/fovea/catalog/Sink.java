package fovea.catalog;

/** Takes what an importer finds. */
public interface Sink {

  /** A row of a table was read. */
  void row();

  /** Something was found; may block while uploads are under way. */
  void accept(Item item);
}
