import { sourceOf } from '@landfall/backstage-plugin-delivery-common';
import { parseDocument } from 'yaml';
import {
  recordedApplication,
  writeExpectedSchema,
  writeInputSchema,
} from '../__testUtils__/recordedWrite';
import { recordedCases } from '@landfall/testing-kit';
import { splitKnown } from '../__testUtils__/recordings';
import { updateFile } from './updateFile';

/** A file's content, regardless of quotes, comments and blank lines. */
function contentOf(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: false, merge: true });
  return document.errors.length > 0 ? text : document.toJS();
}

/** Where this updater differs from the real one, and why that is harmless. */
const DIFFERENCES: Record<string, string> = {
  'hv-064': 'a list is not made up as a key with brackets',
  'hv-071': 'a file of several documents is refused, not cut',
  'src-051': 'environment variables of plugins are not set',
  'kz-009': 'quotes alone are no reason for a commit',
  'kz-037': 'images that are no list are an error',
  'kz-042': 'no empty list of images is added',
  'kz-048': 'blank lines in a block of text are kept',
  'kz-050': 'blank lines in a block of text are kept',
};

describe.each(['helmvalues.json', 'argocd-source.json', 'kustomization.json'])(
  '%s',
  file => {
    const { held } = splitKnown(
      recordedCases(file, writeInputSchema, writeExpectedSchema),
      DIFFERENCES,
    );

    it.each(held)('$id $note', async ({ input, expected }) => {
      const matched = recordedApplication(input);
      const outcome = await updateFile(
        matched,
        async path => input.files[path],
      ).then(
        change => ({
          failed: false,
          files: change ? { [change.path]: contentOf(change.content) } : {},
        }),
        () => ({ failed: true, files: {} }),
      );
      const source = sourceOf(matched.application, matched.writeBack);
      expect({
        ...outcome,
        helmParameters: (source?.helm?.parameters ?? []).map(
          ({ name, value }) => ({ name, value }),
        ),
        kustomizeImages: source?.kustomize?.images ?? [],
      }).toEqual({
        failed: expected.error !== null,
        files: Object.fromEntries(
          Object.entries(expected.changedFiles ?? {}).map(([path, text]) => [
            path,
            contentOf(text),
          ]),
        ),
        // Nothing is recorded for an application of another kind.
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

describe('a file of Helm values', () => {
  const applicationWith = (helmImageTag = 'image.tag') =>
    recordedApplication({
      sourceType: 'Helm',
      writeBackTarget: 'helmvalues:/values.yaml',
      method: 'git',
      path: 'apps/web',
      liveImages: ['shop/api:1.0.0'],
      files: {},
      images: [
        {
          alias: 'api',
          imageName: 'shop/api',
          newTag: '1.10',
          helmImageName: 'image.repository',
          helmImageTag,
        },
      ],
    });
  const written = async (text: string, tag?: string) => {
    const change = await updateFile(applicationWith(tag), async () => text);
    return change?.content;
  };

  it.each([
    ['tag: v1', 'tag: "1.10"'],
    ['tag: "v1"', 'tag: "1.10"'],
    ["tag: 'v1'", "tag: '1.10'"],
  ])('changes %s where it stands', async (before, after) => {
    const fileWith = (line: string) =>
      `# of all\n\nimage:\n    repository: shop/api\n\n    ${line} # of the tag\nlist:\n- 0x1F\n\n# end\n`;
    expect(await written(fileWith(before))).toBe(fileWith(after));
  });

  it('keeps comments and the style of lists when it adds a key', async () => {
    expect(
      await written(
        '# of all\nimage:\n  repository: shop/api # mine\nlist:\n- a\n',
      ),
    ).toBe(
      '# of all\nimage:\n  repository: shop/api # mine\n  tag: "1.10"\nlist:\n- a\n',
    );
    expect(
      await written('image:\n  repository: shop/api\nlist:\n  - a\n'),
    ).toBe('image:\n  repository: shop/api\n  tag: "1.10"\nlist:\n  - a\n');
  });
});
