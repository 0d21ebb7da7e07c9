import type { StandInHost } from '../StandInHost';
import { azure } from './azure';
import { bitbucketCloud } from './bitbucketCloud';
import { bitbucketServer } from './bitbucketServer';
import { gitlab } from './gitlab';

/** The hosts that have no sandbox. */
export const HOSTS: StandInHost[] = [
  gitlab,
  bitbucketCloud,
  bitbucketServer,
  azure,
];
