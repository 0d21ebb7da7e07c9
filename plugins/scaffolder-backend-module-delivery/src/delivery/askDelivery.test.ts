import { refusal } from '../__testUtils__/fakeDelivery';
import { askDelivery } from './askDelivery';

describe('askDelivery', () => {
  it.each([
    [400, 'InputError', /^The delivery plugin answered 400 \(InputError\): x$/],
    [401, 'AuthenticationError', /: x\. Sign in/],
    [403, 'NotAllowedError', /: x\. Ask an administrator/],
    [404, 'NotFoundError', /: x\. Check entityRef/],
    [409, 'ConflictError', /: x$/],
    [500, 'Error', /answered 500 \(Error\): x\. Run this again/],
    [503, 'ServiceUnavailableError', /: x\. Run this again/],
  ])('explains the status %d', async (status, name, message) => {
    const error = await refusal(status, name, 'x');
    await expect(
      askDelivery(undefined, async () => {
        throw error;
      }),
    ).rejects.toMatchObject({
      name: status >= 500 ? 'ServiceUnavailableError' : name,
      message: expect.stringMatching(message),
    });
  });

  it('explains that nothing answers', async () => {
    await expect(
      askDelivery(undefined, () => fetch('http://127.0.0.1:1')),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining("can't be reached"),
    });
  });

  it('passes on answers and other errors', async () => {
    await expect(askDelivery(undefined, async () => 1)).resolves.toBe(1);
    const bug = new TypeError('x is not a function');
    await expect(
      askDelivery(undefined, async () => {
        throw bug;
      }),
    ).rejects.toBe(bug);
  });

  it('stops waiting when the task is cancelled', async () => {
    const controller = new AbortController();
    const asked = askDelivery(controller.signal, () => new Promise(() => {}));
    controller.abort(new Error('cancelled'));
    await expect(asked).rejects.toThrow('cancelled');
    const begin = jest.fn();
    await expect(askDelivery(controller.signal, begin)).rejects.toThrow(
      'cancelled',
    );
    expect(begin).not.toHaveBeenCalled();
  });
});
