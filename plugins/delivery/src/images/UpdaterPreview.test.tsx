import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { toVersions } from './images';
import { itemsOf, policyOf, REPOSITORY } from '../../dev/fixtures/images';
import { UpdaterPreview, type UpdaterPreviewProps } from './UpdaterPreview';

function render(props: Partial<UpdaterPreviewProps> = {}) {
  return renderInTestApp(
    <UpdaterPreview
      versions={toVersions(itemsOf(['2.0.0', '1.4.0', '1.3.0', 'latest']))}
      policy={policyOf(`${REPOSITORY}:~1`)}
      running={[`${REPOSITORY}:1.3.0`]}
      {...props}
    />,
  );
}

async function fill(name: string, text: string) {
  const field = screen.getByRole('textbox', { name });
  await userEvent.clear(field);
  // `type` treats a single bracket as the start of a special key.
  await userEvent.type(field, text.replace(/[[{]/g, '$&$&'));
  return field;
}

const result = () => screen.getByRole('status');
const reasonOf = (tag: string) =>
  screen.getAllByRole('row').find(row => within(row).queryByText(tag))
    ?.lastElementChild?.textContent;

describe('UpdaterPreview', () => {
  it('shows which tag is taken, and why each other one is not', async () => {
    await render();
    expect(result()).toHaveTextContent(
      'Image Updater sets 1.4.0 in place of 1.3.0',
    );
    expect(reasonOf('2.0.0')).toBe('outside the constraint ~1');
    expect(reasonOf('1.3.0')).toBe('lower than 1.4.0');
    expect(reasonOf('latest')).toBe('not a semantic version');
    expect(reasonOf('1.4.0')).toBeUndefined();
  });

  it.each([
    ['Constraint', '~1.3', '1.3.0 already runs', /shop\/api:~1\.3'/],
    [
      'Allow tags',
      'regexp:^2',
      'None of 4 versions',
      /app\.allow-tags: 'regexp:\^2'/,
    ],
    [
      'Ignore tags',
      '1.4.*',
      '1.3.0 already runs',
      /app\.ignore-tags: '1\.4\.\*'/,
    ],
    [
      'Platforms',
      'linux/arm64',
      'Image Updater sets 1.4.0',
      /app\.platforms: 'linux\/arm64'/,
    ],
  ])('evaluates %s', async (name, text, outcome, annotation) => {
    await render();
    await fill(name, text);
    expect(result()).toHaveTextContent(outcome);
    expect(screen.getByText(annotation)).toBeInTheDocument();
  });

  it('follows a tag by its digest', async () => {
    await render({ running: undefined });
    await userEvent.click(screen.getByRole('button', { name: /Strategy/ }));
    await userEvent.click(screen.getByRole('option', { name: /^digest/ }));
    await fill('Tag to follow', 'latest');
    expect(result()).toHaveTextContent('Image Updater sets latest');
    expect(reasonOf('2.0.0')).toBe(
      'not the tag latest, whose digest is followed',
    );
  });

  it('shows what is wrong and what to do, and marks the field', async () => {
    await render();
    const field = await fill('Ignore tags', '[a');
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(
      screen.getByRole('list', { name: 'Problems with the policy' }),
    ).toHaveTextContent(
      "ignore-tags pattern '[a' is malformed. The pattern ignores nothing",
    );
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect(field).toHaveValue('');
    expect(field).toHaveAttribute('aria-invalid', 'false');
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
  });

  it('explains why annotations cannot hold a constraint', async () => {
    await render();
    await fill('Constraint', '>=1.3, <2');
    expect(result()).toHaveTextContent('Image Updater sets 1.4.0');
    expect(
      screen.getByText(/it can.t contain this constraint/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/image-list: /)).toBeNull();
  });

  it('evaluates an expression that backtracking engines never finish', async () => {
    const tag = `${'a'.repeat(120)}!`;
    await render({
      versions: [{ tag }],
      policy: policyOf(REPOSITORY, { allowTags: 'regexp:(a+)+$' }),
    });
    expect(reasonOf(tag)).toBe("allow-tags regexp:(a+)+$ doesn't match it");
  });
});
