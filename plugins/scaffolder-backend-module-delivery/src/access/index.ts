export {
  EntityOwnership,
  type EntityOwnershipOptions,
  type OwnedEntity,
} from './EntityOwnership';
export { normalizeEntityRef, entityRefOfMark } from './entityRef';
