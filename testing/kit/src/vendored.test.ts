import {
  readRecordingJson,
  recordedFiles,
  recordingPath,
  schemaPath,
} from './vendored';

describe('vendored test data', () => {
  it.each([
    'argocd',
    'ecr',
    'notifications',
    'policy',
    'promotions',
    'updater',
  ])('has recordings in %s, each of which is JSON', folder => {
    const files = recordedFiles(folder);

    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(readRecordingJson(`${folder}/${file}`)).toEqual(expect.anything());
    }
  });

  it('names the file that is missing and where it comes from', () => {
    expect(() => recordingPath('argocd', 'no-such.json')).toThrow(
      /argocd\/no-such\.json is missing; testing\/README\.md says/,
    );
    expect(() => schemaPath('no-such.json')).toThrow(/schemas\/no-such\.json/);
  });
});
