import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { useMessageFormat } from './useMessageFormat';

function Sentence(props: { code: string; message?: string }) {
  const { code, message } = props;
  const format = useMessageFormat();
  return (
    <p>
      {format.message({
        code,
        parameters: { message: '<b> {{version}} $t(time.ago) & more' },
        message,
      })}
    </p>
  );
}

describe('useMessageFormat', () => {
  it("shows another system's message as it is", async () => {
    await renderInTestApp(<Sentence code="promotion.sync-failed" />);
    expect(
      screen.getByText('<b> {{version}} $t(time.ago) & more'),
    ).toBeInTheDocument();
  });

  it('shows the sentence that was sent with a code of another release', async () => {
    await renderInTestApp(<Sentence code="promotion.new" message="As sent" />);
    expect(screen.getByText('As sent')).toBeInTheDocument();
  });
});

function Reason() {
  const format = useMessageFormat();
  return (
    <p>
      {format.stuckReason({
        code: 'policy-passes-over',
        parameters: {
          version: '1.0.1',
          verdict: {
            code: 'verdict.outside-constraint',
            parameters: { constraint: '~2' },
          },
        },
        advice: {
          code: 'advice.stop-update',
          parameters: {},
          message: 'not shown',
        },
        message: 'not shown',
      })}
    </p>
  );
}

it('formats messages inside of messages, and adds what to do', async () => {
  await renderInTestApp(<Reason />);
  expect(
    screen.getByText(
      'Image Updater passes over 1.0.1: outside the constraint ~2. To stop it, tighten the version constraint or push a fixed version',
    ),
  ).toBeInTheDocument();
});
