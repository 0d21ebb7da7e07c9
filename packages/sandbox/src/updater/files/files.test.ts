import { sourceOf } from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../errors';
import {
  recordedApplication,
  writeExpectedSchema,
  writeInputSchema,
} from '../__testUtils__/recordedWrite';
import { recordedCases, splitKnown } from '../__testUtils__/recordings';
import { updateFile } from './updateFile';

const KNOWN: Record<string, string> = {
  'hv-083': 'comments between keys are laid to other nodes by the yaml package',
  'hv-135': 'go-yaml moves a comment behind `---` to the end of the document',
  'kz-030': 'the parser names a broken text in words of its own',
  'kz-048':
    'a defect of the updater: blank lines in block scalars are kept here',
  'kz-050':
    'a defect of the updater: blank lines in folded scalars are kept here',
};

describe.each(['helmvalues.json', 'argocd-source.json', 'kustomization.json'])(
  '%s',
  file => {
    const cases = recordedCases(file, writeInputSchema, writeExpectedSchema);
    const { held, differing } = splitKnown(cases, KNOWN);

    it.each(held)('$id $note', async ({ input, expected }) => {
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

    it('differs where it says so, and nowhere else', async () => {
      const outcomes = await Promise.all(
        differing.map(async ({ id, input, expected }) => {
          const outcome = await updateFile(
            recordedApplication(input),
            async path => input.files[path],
          ).then(
            change => change && { [change.path]: change.content },
            error => messageOf(error),
          );
          return {
            id,
            outcome,
            recorded: expected.error ?? expected.changedFiles,
          };
        }),
      );
      expect(
        outcomes.filter(
          ({ outcome, recorded }) =>
            JSON.stringify(outcome) === JSON.stringify(recorded),
        ),
      ).toEqual([]);
    });
  },
);
