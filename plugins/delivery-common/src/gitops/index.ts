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
export { type ChangeFacts, settleChange } from './settleChange';
