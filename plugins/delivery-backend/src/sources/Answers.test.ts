import { Answers } from './Answers';

describe('Answers', () => {
  it('asks once for what several need', async () => {
    const ask = jest.fn(async () => 1);
    const answers = new Answers<number>();
    expect(
      await Promise.all([answers.of('a', ask), answers.of('a', ask)]),
    ).toEqual([1, 1]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(await answers.of('b', async () => 2)).toBe(2);
  });

  it('asks again after a failure', async () => {
    const answers = new Answers<number>();
    const failing = answers.of('a', async () => {
      throw new Error('away');
    });
    await expect(failing).rejects.toThrow('away');
    expect(await answers.of('a', async () => 1)).toBe(1);
  });
});
