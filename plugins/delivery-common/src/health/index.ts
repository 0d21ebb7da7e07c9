export { type RolloutProgress, rolloutProgress } from './rolloutProgress';
