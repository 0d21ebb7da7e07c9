import { parseContainerImage } from './image';

describe('references', () => {
  it('are read in linear time, be they ever so wrong', () => {
    const started = performance.now();
    parseContainerImage(`123456789012.dkr.ecr.aws.com/${'a'.repeat(5000)}:~1`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
