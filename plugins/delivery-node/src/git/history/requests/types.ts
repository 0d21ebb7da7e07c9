import type {
  HistoryCommit,
  MergeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { HostedRepository, ListRange } from '../host';

/** A merge request, and the branches that it is about. */
export interface BranchRequest extends MergeRequest {
  branch: string;
  base: string;
  /** The branch is of another repository. */
  isFork: boolean;
}

/** A merge request to open within one repository. */
interface NewRequest {
  branch: string;
  base: string;
  title: string;
  /** Markdown. */
  description: string;
}

/**
 * Asks one kind of Git host about merge requests, and opens them.
 *
 * @throws HistoryError
 */
export interface HostRequests {
  /** Those that a commit came by, in any state. */
  ofCommit(
    repository: HostedRepository,
    revision: string,
  ): Promise<MergeRequest[]>;
  /**
   * Those into a branch, or all, in any state. The latest updated come first.
   */
  latest(
    repository: HostedRepository,
    base: string | undefined,
  ): Promise<BranchRequest[]>;
  /** The commits of a merge request, in any order. */
  commits(
    repository: HostedRepository,
    number: number,
  ): Promise<HistoryCommit[]>;
  /** The latest one from a branch into another, in any state. */
  ofBranch(
    repository: HostedRepository,
    branches: Pick<NewRequest, 'branch' | 'base'>,
  ): Promise<BranchRequest | undefined>;
  /** Whether reviewers have approved an open one, by what the host says. */
  approved(repository: HostedRepository, number: number): Promise<boolean>;
  /** Opens one. The host refuses a second open one from the same branch. */
  open(
    repository: HostedRepository,
    request: NewRequest,
  ): Promise<BranchRequest>;
  /** The names of branches, at least all that begin with the prefix. */
  branches(repository: HostedRepository, prefix: string): Promise<string[]>;
  /** The commits of a branch that another one lacks. */
  range(repository: HostedRepository): ListRange;
}
