import { readRecordingText, recordedFiles } from '@landfall/testing-kit';
import type { ApplicationRef } from '../model/application';
import type { Observation } from '../model/observation';
import { initialState, reduce } from '../promotion/reduce';
import type { Change, DeliveryState } from '../promotion/types';
import { toApplication, type ArgoApplication } from '../testing/application';

type Step = { at: string } & (
  | {
      kind: 'app-event';
      app: string;
      type: string;
      application: ArgoApplication;
    }
  | {
      kind: 'push';
      registry: string;
      repository: string;
      tag: string;
      digest: string;
    }
  | {
      kind: 'revision-metadata';
      request: { path: string };
      response: {
        status: number;
        body: { author: string; date: string; message: string };
      };
    }
  | { kind: 'commit'; repo: string; sha: string; message: string }
  | { kind: 'other' }
);

interface Recording {
  title: string;
  steps: Step[];
}

export function recordingNames(folder: string): string[] {
  return recordedFiles(folder)
    .map(file => file.slice(0, -'.json'.length))
    .sort();
}

export function readRecording(folder: string, name: string): Recording {
  return JSON.parse(readRecordingText(`${folder}/${name}.json`));
}

/** The observations of one application in a recording, in order of arrival. */
export function observationsOf(
  recording: Recording,
  application: string,
): Observation[] {
  const repoUrl = recording.steps
    .flatMap(step => (step.kind === 'app-event' ? [step.application] : []))
    .find(app => app.metadata.name === application)?.spec.source?.repoURL;
  return recording.steps.flatMap((step): Observation[] => {
    const seenAt = step.at;
    switch (step.kind) {
      case 'app-event':
        return step.application.metadata.name === application
          ? [
              {
                kind: 'application-observed',
                application: toApplication('main', step.application),
                seenAt,
              },
            ]
          : [];
      case 'push':
        return [
          {
            kind: 'image-pushed',
            repository: `${step.registry}/${step.repository}`,
            digest: step.digest,
            tags: [step.tag],
            pushedAt: step.at,
            seenAt,
          },
        ];
      case 'revision-metadata': {
        const revision = /revisions\/([0-9a-f]+)\/metadata/.exec(
          step.request.path,
        )?.[1];
        return revision && repoUrl && step.response.status === 200
          ? [
              {
                kind: 'revision-resolved',
                repoUrl,
                revision,
                ...step.response.body,
                seenAt,
              },
            ]
          : [];
      }
      default:
        return [];
    }
  });
}

export function play(
  ref: ApplicationRef,
  observations: Observation[],
): { state: DeliveryState; changes: Change[] } {
  let state = initialState(ref);
  const changes: Change[] = [];
  for (const observation of observations) {
    const result = reduce(state, observation);
    state = result.state;
    changes.push(...result.changes);
  }
  return { state, changes };
}
