import fc from 'fast-check';
import { englishMessages } from './english';
import { describeMessage, formatMessage, isMessageCode } from './format';

describe('formatMessage', () => {
  it('puts parameters into the sentence of the code', () => {
    expect(
      formatMessage({
        code: 'promotion.rolled-back-by',
        parameters: { version: '1.0.0', user: 'jo' },
      }),
    ).toBe('Rolled back to 1.0.0 by jo');
  });

  it('formats messages that are parameters, and joins lists of them', () => {
    expect(
      formatMessage({
        code: 'cause.window-denies',
        parameters: {
          windows: [
            {
              code: 'cause.window',
              parameters: { duration: '1h', schedule: '0 3 * * *' },
            },
            {
              code: 'cause.window-in-zone',
              parameters: {
                duration: '8h',
                schedule: '0 9 * * *',
                timeZone: 'Europe/Berlin',
              },
            },
          ],
        },
      }),
    ).toBe(
      'A sync window denies it: 1h from 0 3 * * *; 8h from 0 9 * * * (Europe/Berlin)',
    );
  });

  it('shows text that looks like a placeholder as it is', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const message = `{{version}} $& $1 ${text}`;
        expect(
          formatMessage({
            code: 'promotion.other',
            parameters: { text: message },
          }),
        ).toBe(message);
      }),
    );
  });

  it.each(['promotion.__proto__', 'constructor', 'promotion.unheard-of', ''])(
    'takes the sentence that was sent with the unknown code %p',
    code => {
      const unknown = { code, parameters: {} };
      expect(isMessageCode(code)).toBe(false);
      expect(formatMessage({ ...unknown, message: 'As sent' })).toBe('As sent');
      expect(formatMessage(unknown)).toBe(code);
    },
  );

  it('asks another translation for each part', () => {
    const asked: string[] = [];
    const text = formatMessage(
      {
        code: 'stuck.updater-overdue',
        parameters: {
          cause: { code: 'cause.image-unreferenced', parameters: {} },
        },
      },
      (code, parameters) => {
        asked.push(code);
        return `<${code}${parameters.cause ?? ''}>`;
      },
    );
    expect(asked).toEqual([
      'cause.image-unreferenced',
      'stuck.updater-overdue',
    ]);
    expect(text).toBe('<stuck.updater-overdue<cause.image-unreferenced>>');
  });
});

describe('describeMessage', () => {
  it('keeps code and parameters beside the sentence', () => {
    expect(
      describeMessage({
        code: 'promotion.replaced',
        parameters: { version: '1.0.1' },
      }),
    ).toEqual({
      code: 'promotion.replaced',
      parameters: { version: '1.0.1' },
      message: 'Replaced by 1.0.1',
    });
  });
});

describe('the catalogue', () => {
  const entries = Object.entries(englishMessages).flatMap(
    ([topic, templates]) =>
      Object.entries(templates).map(([code, text]) => [
        `${topic}.${code}`,
        text,
      ]),
  );

  it.each(entries)('%s is a complete text: %s', (code, text) => {
    expect(isMessageCode(code)).toBe(true);
    // Sentences are joined, and shown inside others.
    expect(text).toMatch(/^[^\s].*[^\s.]$/);
    // `count` and `context` have a meaning of their own in i18next.
    expect(text).not.toMatch(/\{\{(?:count|context)\}\}/);
    expect(code).toMatch(/^[a-z]+\.[a-z-]+$/);
  });
});
