import { argoCdRecording } from '../../../__testUtils__/recordings';
import { syncWindowsSchema, toSyncWindows } from './syncWindows';

const read = (answer: unknown) =>
  toSyncWindows(syncWindowsSchema.parse(answer));

describe('toSyncWindows', () => {
  it('reads a recorded answer without windows', () => {
    const { response } = argoCdRecording('03-syncwindows-none.json');
    expect(read(response?.body)).toEqual({ active: [], assigned: [] });
  });

  it('reads an ApplicationSyncWindow, and skips unknown kinds', () => {
    const deny = {
      kind: 'deny',
      schedule: '0 3 * * *',
      duration: '1h',
      manualSync: true,
    };
    const allow = { kind: 'allow', schedule: '* * * * *', duration: '30m' };
    expect(
      read({
        activeWindows: [deny],
        assignedWindows: [deny, { ...allow, timeZone: 'UTC' }, { kind: 'x' }],
        canSync: true,
      }),
    ).toEqual({
      active: [{ kind: 'deny', schedule: '0 3 * * *', duration: '1h' }],
      assigned: [
        { kind: 'deny', schedule: '0 3 * * *', duration: '1h' },
        {
          kind: 'allow',
          schedule: '* * * * *',
          duration: '30m',
          timeZone: 'UTC',
        },
      ],
    });
  });
});
