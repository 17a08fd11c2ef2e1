package fovea.synthetic;

/**
 * Lesions in one photograph.
 *
 * @param microaneurysms red dots
 * @param haemorrhages dot, blot and flame haemorrhages within the retina
 * @param exudates hard exudates, each spot counted
 * @param cottonWoolSpots soft pale patches
 * @param neovascularisations tufts of new vessels
 * @param preretinalHaemorrhages boat-shaped haemorrhages before the retina
 */
public record LesionCounts(
    int microaneurysms,
    int haemorrhages,
    int exudates,
    int cottonWoolSpots,
    int neovascularisations,
    int preretinalHaemorrhages) {

  /** No lesion. */
  public static final LesionCounts NONE = new LesionCounts(0, 0, 0, 0, 0, 0);

  /** All of them. */
  public int total() {
    return microaneurysms
        + haemorrhages
        + exudates
        + cottonWoolSpots
        + neovascularisations
        + preretinalHaemorrhages;
  }
}
