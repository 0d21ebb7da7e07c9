export {
  ENTITY_REF_MARK,
  type EntityRefMark,
  readEntityRefMark,
} from './entityRefMark';
export {
  type ApplicationProof,
  mayShow,
  ownersToNotify,
  proofOf,
} from './judgeApplication';
export { ClaimIndex } from './ClaimIndex';
export * from './judgeClaim';
export {
  isRepositoryPattern,
  judgeRepository,
  type RepositoryVerdict,
} from './judgeRepository';
export * from './types';
