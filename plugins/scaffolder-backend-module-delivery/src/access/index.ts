export {
  EntityOwnership,
  type EntityOwnershipOptions,
  type OwnedEntity,
} from './EntityOwnership';
export { normalizeEntityRef, readEntityRefMark } from './entityRef';
