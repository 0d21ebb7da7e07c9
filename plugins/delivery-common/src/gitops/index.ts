export {
  hasHoldTarget,
  type HoldTarget,
  holdUpdates,
  isHeld,
  resumeUpdates,
} from './hold';
export { holdTargetOf, isImageHeld } from './holdTarget';
export * from './locateVersion';
export {
  isSameRepository,
  type PlacedApplication,
  type VersionCandidate,
  versionPlaces,
  type VersionPlaces,
} from './places';
export * from './refusal';
export * from './setVersion';
export * from './target';
export {
  type ChangeFacts,
  isRequestOpen,
  mayBeReplaced,
  settleChange,
} from './settleChange';
export {
  isLostChange,
  LOST_CHANGE_MS,
  type LostChange,
  settleLostChange,
} from './settleLostChange';
