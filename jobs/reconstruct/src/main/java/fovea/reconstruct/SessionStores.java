package fovea.reconstruct;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import java.io.Serializable;

/** How a task on an executor reaches the stores; it closes what it opens. */
interface SessionStores extends Serializable {

  ObjectStore objects();

  JobRegistry registry();

  /** Opens both from their settings. */
  record Opened(ObjectStoreSettings objectSettings, RegistrySettings registrySettings)
      implements SessionStores {
    @Override
    public ObjectStore objects() {
      return ObjectStore.open(objectSettings);
    }

    @Override
    public JobRegistry registry() {
      return JobRegistry.open(registrySettings);
    }
  }
}
