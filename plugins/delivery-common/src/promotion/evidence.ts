import type { ImageVersion } from '../model/promotion';
import type { KnownRevision } from './types';

/**
 * Evidence that the configuration contains a version of an image, at a position
 * in the order of the application's own observations.
 *
 * @internal
 */
export interface VersionEvidence {
  version: ImageVersion;
  position: number;
  /** When it was first observed; ISO 8601, UTC. */
  at: string;
  /** Absent for parameters of the application itself, which no revision contains. */
  revision?: { repoUrl: string; revision: string; sourceIndex: number };
  /** What is known about the revision. */
  commit?: KnownRevision;
  /**
   * Whether its message shows that the revision is the commit that made the
   * change.
   */
  exact: boolean;
  /** The previous version, according to the commit's message. */
  from?: ImageVersion;
  /**
   * If false, the evidence can show which commit introduced an applied version,
   * but not that the version will be applied.
   */
  certain: boolean;
}
