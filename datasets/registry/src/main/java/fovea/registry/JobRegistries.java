package fovea.registry;

final class JobRegistries {
  private JobRegistries() {}

  static JobRegistry open(RegistrySettings settings) {
    return new PostgresJobRegistry(settings, Pools.open(settings, "fovea-jobs", 4, 60));
  }
}
