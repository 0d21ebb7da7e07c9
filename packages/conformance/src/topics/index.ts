import type { RunnableTopic } from '../runner/Expectation';
import type { Installation } from '../installation/Installation';
import { client } from './client';
import { ecr } from './ecr';
import { errors } from './errors';
import { health } from './health';
import { history } from './history';
import { lists } from './lists';
import { operations } from './operations';
import { reads } from './reads';
import { revisions } from './revisions';
import { rollback } from './rollback';
import { signIn } from './signIn';
import { stream } from './stream';
import { streamForms } from './streamForms';
import { sync } from './sync';
import { argoCdMethod } from './updater/argoCdMethod';
import { argoCdSource } from './updater/argoCdSource';
import { digest } from './updater/digest';
import { helmValues } from './updater/helmValues';
import { kustomization } from './updater/kustomization';

/**
 * All expectations. The longest topics come first, so that they don't finish last.
 */
export const topics: readonly RunnableTopic<Installation>[] = [
  helmValues,
  digest,
  kustomization,
  argoCdSource,
  argoCdMethod,
  health,
  sync,
  operations,
  stream,
  streamForms,
  history,
  rollback,
  revisions,
  lists,
  reads,
  errors,
  signIn,
  client,
  ecr,
];
