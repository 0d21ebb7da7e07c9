import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { ComponentProps } from 'react';
import { withOverview } from '../../../dev/fixtures/overview';
import { deliveryApiRef } from '../../api';
import {
  environments,
  filesPreview,
  serviceName,
  versionPicker,
} from '../fields';

/** A request to the backend of the scaffolder. */
export interface Asked {
  path: string;
  body?: unknown;
  signal?: AbortSignal | null;
}

/** Answers of that backend: a body, or a response with another status. */
export type Backend = (asked: Asked) => object | Promise<object>;

const BASE = 'http://localhost/api/scaffolder/delivery/';

type StepperProps = ComponentProps<typeof Stepper>;
type Schema = StepperProps['manifest']['steps'][number]['schema'];
/** The values of a form. */
type Values = NonNullable<StepperProps['initialState']>;

const fields: StepperProps['extensions'] = [
  serviceName,
  environments,
  versionPicker,
  filesPreview,
].map(({ schema, ...field }) => ({ ...field, schema: schema.schema }));

/** An error as Backstage's backends send it. */
export function failure(status: number, message: string): Response {
  return new Response(
    JSON.stringify({
      error: { name: 'Error', message },
      response: { statusCode: status },
    }),
    { status, headers: { 'Content-Type': 'application/json' } },
  );
}

/**
 * Renders a form with one page, in the scaffolder's own stepper.
 *
 * @returns what was asked of the backend, and the values that were submitted
 */
export async function renderForm(options: {
  properties: NonNullable<Schema['properties']>;
  values?: Values;
  backend?: Backend;
  api?: Parameters<typeof withOverview>[0];
}) {
  // The form scrolls up when it shows another page, which jsdom can't.
  jest.spyOn(window, 'scrollTo').mockImplementation(() => {});
  const asked: Asked[] = [];
  const created: Values[] = [];
  const { backend = () => failure(404, 'Nothing is expected to be asked') } =
    options;
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = String(input);
    const request: Asked = {
      path: url.replace(BASE, ''),
      ...(typeof init.body === 'string' && { body: JSON.parse(init.body) }),
      signal: init.signal,
    };
    asked.push(request);
    const answer = await backend(request);
    return answer instanceof Response
      ? answer
      : new Response(JSON.stringify(answer), { status: 200 });
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          discoveryApiRef,
          { getBaseUrl: async id => `http://localhost/api/${id}` },
        ],
        [fetchApiRef, { fetch }],
        [deliveryApiRef, withOverview(options.api ?? {})],
      ]}
    >
      <Stepper
        manifest={{
          title: 'Template',
          steps: [
            { title: 'Page', schema: { properties: options.properties } },
          ],
        }}
        extensions={fields}
        initialState={options.values}
        onCreate={async values => {
          created.push(values);
        }}
      />
    </TestApiProvider>,
  );
  return { asked, created };
}
