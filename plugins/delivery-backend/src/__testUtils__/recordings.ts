import { readRecordingText } from '@landfall/testing-kit';

/** An Application as Argo CD writes it, as far as tests read it. @internal */
export interface RawApplication {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    annotations?: Record<string, string>;
  };
  [key: string]: unknown;
}

/** One step of a recorded promotion. @internal */
export type PromotionStep =
  | {
      at: string;
      kind: 'app-event';
      app: string;
      type: 'ADDED' | 'MODIFIED' | 'DELETED';
      application: RawApplication;
    }
  | {
      at: string;
      kind: 'push';
      registry: string;
      repository: string;
      tag: string;
      digest: string;
    }
  | {
      at: string;
      kind: 'revision-metadata';
      request: { path: string };
      response: {
        status: number;
        body: { author: string; date: string; message: string };
      };
    }
  | { at: string; kind: 'other' };

/** @internal */
export function readPromotion(name: string): PromotionStep[] {
  return JSON.parse(readRecordingText(`promotions/${name}.json`)).steps;
}

/** The response to a recorded request for all applications. @internal */
export function readApplicationList(): { items: RawApplication[] } {
  return JSON.parse(readRecordingText('argocd/02-list-admin.json')).response
    .body;
}
