export { EntityOwnership, type OwnedEntity } from './EntityOwnership';
export { normalizeEntityRef } from './entityRef';
