import { waitFor, waitUntil } from './waiting';

describe('waitUntil', () => {
  it('tries again until the condition holds', async () => {
    let attempts = 0;
    await waitUntil('there were three attempts', () => {
      attempts += 1;
      return attempts === 3;
    });
    expect(attempts).toBe(3);
  });

  it('names the condition and the last state after the timeout', async () => {
    await expect(
      waitUntil('the door is open', async () => false, {
        timeoutMs: 20,
        intervalMs: 1,
        detail: () => 'it is closed',
      }),
    ).rejects.toThrow(
      'Timed out after 0.02 s waiting until the door is open: it is closed',
    );
  });

  it('passes on an error of the condition at once', async () => {
    let attempts = 0;
    await expect(
      waitUntil('nothing fails', () => {
        attempts += 1;
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(attempts).toBe(1);
  });
});

describe('waitFor', () => {
  it('resolves to the first result', async () => {
    let attempts = 0;
    const result = await waitFor(async () => {
      attempts += 1;
      if (attempts < 3) {
        throw new Error('not yet');
      }
      return attempts;
    });
    expect(result).toBe(3);
  });

  it('throws the last error after the timeout', async () => {
    let attempts = 0;
    await expect(
      waitFor(
        () => {
          attempts += 1;
          throw new Error(`attempt ${attempts}`);
        },
        { timeoutMs: 20, intervalMs: 1 },
      ),
    ).rejects.toThrow(/^attempt \d+$/);
    expect(attempts).toBeGreaterThan(1);
  });
});
