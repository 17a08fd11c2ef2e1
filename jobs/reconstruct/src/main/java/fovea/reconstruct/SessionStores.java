package fovea.reconstruct;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import java.io.Serializable;

/** How a task on an executor reaches the stores; it closes what it opens. */
record SessionStores(ObjectStoreSettings objectSettings, RegistrySettings registrySettings)
    implements Serializable {

  ObjectStore objects() {
    return ObjectStore.open(objectSettings);
  }

  JobRegistry registry() {
    return JobRegistry.open(registrySettings);
  }
}
