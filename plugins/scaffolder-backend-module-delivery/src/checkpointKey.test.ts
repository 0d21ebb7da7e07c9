import { checkpointKey } from './checkpointKey';

describe('checkpointKey', () => {
  it('depends on everything that identifies a write, and reveals none of it', () => {
    const keys = [
      checkpointKey('a', { x: 'secret' }),
      checkpointKey('b', { x: 'secret' }),
      checkpointKey('a', { y: 'secret' }),
      checkpointKey('a', { x: 'other' }),
      checkpointKey('a', { x: { deep: ['secret'] } }),
      checkpointKey('a', {}),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.join()).not.toContain('secret');
    expect(checkpointKey('a', { x: 'secret' })).toBe(keys[0]);
  });

  it('treats undefined like missing', () => {
    expect(checkpointKey('a', { x: undefined })).toBe(checkpointKey('a', {}));
  });
});
