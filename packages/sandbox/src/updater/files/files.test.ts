import { sourceOf } from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../errors';
import {
  recordedApplication,
  writeExpectedSchema,
  writeInputSchema,
} from '../__testUtils__/recordedWrite';
import { recordedCases } from '../__testUtils__/recordings';
import { updateFile } from './updateFile';

describe.each(['helmvalues.json', 'argocd-source.json', 'kustomization.json'])(
  '%s',
  file => {
    const cases = recordedCases(file, writeInputSchema, writeExpectedSchema);

    it.each(cases)('$id $note', async ({ input, expected }) => {
      const matched = recordedApplication(input);
      const outcome = await updateFile(
        matched,
        async path => input.files[path],
      ).then(
        change => ({
          error: null,
          skipped: change === undefined,
          changedFiles: change ? { [change.path]: change.content } : {},
        }),
        error => ({
          error: messageOf(error),
          skipped: false,
          changedFiles: {},
        }),
      );
      const source = sourceOf(matched.application, matched.writeBack);
      expect({
        ...outcome,
        helmParameters: (source?.helm?.parameters ?? []).map(
          ({ name, value }) => ({ name, value }),
        ),
        kustomizeImages: source?.kustomize?.images ?? [],
      }).toEqual({
        error: expected.error,
        skipped: expected.skipped,
        changedFiles: expected.changedFiles ?? {},
        // Where nothing is recorded, it isn't an application of that kind.
        helmParameters:
          expected.helmParameters?.map(({ name, value }) => ({
            name,
            value,
          })) ?? [],
        kustomizeImages: expected.kustomizeImages ?? [],
      });
    });
  },
);
