import { renderChart } from './chart';
import { Engine } from './Engine';
import { applyParameters } from './values';
import { parseYaml } from '../../yaml';
import { at } from '../../json';

function render(source: string, values: unknown = {}): string {
  const engine = new Engine();
  engine.add('t', source);
  return engine.execute('t', { Values: values });
}

describe('templates', () => {
  const VALUES = {
    name: 'api',
    port: 80,
    on: true,
    off: false,
    empty: '',
    list: ['a', 'b'],
    map: { b: 2, a: 1 },
    deep: { x: { y: 'z' } },
  };

  it.each([
    ['plain {{ .Values.name }}', 'plain api'],
    ['a  {{- .Values.name -}}  b', 'aapib'],
    ['a{{/* a comment }} */}}b', 'ab'],
    ['a {{- /* trimmed */ -}} b', 'ab'],
    ['{{ "}}" }}', '}}'],
    ['{{ if .Values.on }}yes{{ else }}no{{ end }}', 'yes'],
    [
      '{{ if .Values.off }}1{{ else if eq .Values.name "api" }}2{{ else }}3{{ end }}',
      '2',
    ],
    ['{{ if and .Values.on (not .Values.off) }}x{{ end }}', 'x'],
    ['{{ or .Values.empty .Values.name }}', 'api'],
    ['{{ range .Values.list }}[{{ . }}]{{ end }}', '[a][b]'],
    [
      '{{ range $i, $v := .Values.list }}{{ $i }}={{ $v }};{{ end }}',
      '0=a;1=b;',
    ],
    [
      '{{ range $k, $v := .Values.map }}{{ $k }}={{ $v }};{{ end }}',
      'a=1;b=2;',
    ],
    ['{{ range .Values.none }}x{{ else }}nothing{{ end }}', 'nothing'],
    ['{{ with .Values.deep }}{{ .x.y }}{{ $.Values.name }}{{ end }}', 'zapi'],
    ['{{ with .Values.none }}x{{ else }}y{{ end }}', 'y'],
    ['{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}', '1'],
    [
      '{{ define "d" }}<{{ . }}>{{ end }}{{ include "d" .Values.name | trunc 2 }}',
      '<a',
    ],
    ['{{ .Values.none }}', ''],
    ['{{ .Values.none | default "d" }}', 'd'],
    ['{{ .Values.port | quote }}', '"80"'],
    ['{{ printf "%s-%d:%v %q%%" .Values.name 3 true "x" }}', 'api-3:true "x"%'],
    ['{{ .Values.deep | toYaml | nindent 2 }}', '\n  x:\n    "y": z'],
    ['{{ toYaml .Values.list }}', '- a\n- b'],
    ['{{ "a-b-" | trimSuffix "-" | replace "-" "_" | trunc 3 }}', 'a_b'],
    ['[{{ "-._a-b_." | trimAll "._-" }}]', '[a-b]'],
    ['[{{ "._-" | trimAll "._-" }}]', '[]'],
    ['{{ "1.0@sha256:0" | splitList "@" | first }}', '1.0'],
    [
      '{{ hasPrefix "aws-" "aws-sqs" }} {{ hasPrefix "aws-" "cron" }}',
      'true false',
    ],
    ['{{ range list "a" "b" }}[{{ . }}]{{ end }}', '[a][b]'],
    [
      '{{ sha256sum "" }}',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ],
    ['{{ int "7" }}[{{ trim " a " }}]', '7[a]'],
    ['{{ ne "a" "b" }}', 'true'],
    ['{{ .Values.name | required "needed" }}', 'api'],
    ['{{ eq .Values.name "x" "api" }}', 'true'],
    ['{{ `raw "text"` }}', 'raw "text"'],
  ])('%s', (source, expected) => {
    expect(render(source, VALUES)).toBe(expected);
  });

  it.each([
    [
      'line\n{{ .Values.a.b }}',
      'template: t:2: executing at <.Values.a.b>: nil pointer evaluating interface {}.b',
    ],
    ['{{ fail "no" }}', 'template: t:1: executing at <fail "no">: fail: no'],
    [
      '{{ required "give one" .Values.x }}',
      'executing at <required "give one" .Values.x>: give one',
    ],
    ['{{ nosuch 1 }}', 'function "nosuch" not defined'],
    ['{{ template "d" . }}', 'function "template" not defined'],
    ['{{ $x = 2 }}', 'unexpected "=" in operand'],
    ['{{ include "nothing" . }}', 'no template "nothing"'],
    ['a\n{{ if .x }}', 'parse error at (t:2): unexpected EOF'],
    ['{{ .x ', 'parse error at (t:1): unclosed action'],
    [
      '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}',
      'nested reference name: r',
    ],
  ])('refuses %j', (source, message) => {
    expect(() => render(source)).toThrow(message);
  });
});

describe('values', () => {
  it.each([
    ['image.tag', '1.0', false, { image: { tag: '1.0' } }],
    ['image.tag', '10', false, { image: { tag: 10 } }],
    ['image.tag', '10', true, { image: { tag: '10' } }],
    ['a[1].b', 'x', false, { a: [undefined, { b: 'x' }] }],
    ['a\\.b', 'true', false, { 'a.b': true }],
    ['list', '{a,b}', false, { list: ['a', 'b'] }],
    ['version', '010', false, { version: '010' }],
  ])('sets %s to %s (as text: %s)', (name, value, forceString, expected) => {
    expect(applyParameters({}, [{ name, value, forceString }])).toEqual(
      expected,
    );
  });

  it('reads the booleans of YAML 1.1, as Go does', () => {
    expect(parseYaml('a: on\nb: "on"\nc: no\nd: 2024-01-02\n')).toEqual({
      a: true,
      b: 'on',
      c: false,
      d: '2024-01-02',
    });
  });
});

describe('a chart in the manner of helm create', () => {
  const HELPERS = `{{- define "api.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "api.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}
{{- define "api.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "api.selectorLabels" -}}
app.kubernetes.io/name: {{ include "api.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "api.labels" -}}
helm.sh/chart: {{ include "api.chart" . }}
{{ include "api.selectorLabels" . }}
{{- if .Chart.AppVersion }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
`;
  const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "api.fullname" . }}
  labels:
    {{- include "api.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "api.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      labels:
        {{- include "api.labels" . | nindent 8 }}
    spec:
      {{- with .Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          ports:
            - name: http
              containerPort: {{ .Values.service.port }}
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`;
  const INGRESS = `{{- if .Values.ingress.enabled -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "api.fullname" . }}
spec:
  rules:
    {{- range .Values.ingress.hosts }}
    - host: {{ .host | quote }}
      http:
        paths:
          {{- range .paths }}
          - path: {{ .path }}
            backend:
              service:
                name: {{ include "api.fullname" $ }}
          {{- end }}
    {{- end }}
{{- end }}
`;
  const VALUES = `replicaCount: 2
image: {repository: nginx, tag: ""}
service: {port: 80}
autoscaling: {enabled: false}
podAnnotations: {}
imagePullSecrets: []
resources: {limits: {cpu: 100m}}
ingress: {enabled: false, hosts: [{host: a.example.com, paths: [{path: /}]}]}
`;
  const files = new Map([
    [
      'Chart.yaml',
      'apiVersion: v2\nname: api\nversion: 0.1.0\nappVersion: "1.16.0"\n',
    ],
    ['values.yaml', VALUES],
    ['templates/_helpers.tpl', HELPERS],
    ['templates/NOTES.txt', 'See {{ .Values.nothing.here }}'],
    ['templates/deployment.yaml', DEPLOYMENT],
    ['templates/ingress.yaml', INGRESS],
  ]);
  const release = { name: 'api-dev', namespace: 'dev' };

  it('renders what Helm renders', () => {
    const defaults = { podAnnotations: { a: null }, imagePullSecrets: null };
    const [deployment, ingress] = renderChart(files, defaults, release);
    expect(ingress.trim()).toBe('');
    const parsed = parseYaml(deployment);
    expect(at(parsed, 'metadata', 'name')).toBe('api-dev');
    expect(at(parsed, 'metadata', 'labels')).toEqual({
      'helm.sh/chart': 'api-0.1.0',
      'app.kubernetes.io/name': 'api',
      'app.kubernetes.io/instance': 'api-dev',
      'app.kubernetes.io/version': '1.16.0',
      'app.kubernetes.io/managed-by': 'Helm',
    });
    expect(at(parsed, 'spec', 'replicas')).toBe(2);
    expect(
      at(parsed, 'spec', 'template', 'metadata', 'annotations'),
    ).toBeUndefined();
    expect(at(parsed, 'spec', 'template', 'spec', 'containers', 0)).toEqual({
      name: 'api',
      image: 'nginx:1.16.0',
      ports: [{ name: 'http', containerPort: 80 }],
      resources: { limits: { cpu: '100m' } },
    });
  });

  it('takes values on top', () => {
    const values = {
      image: { tag: '2.0' },
      ingress: { enabled: true },
      fullnameOverride: 'x',
      autoscaling: { enabled: true },
    };
    const [deployment, ingress] = renderChart(files, values, release).map(
      text => parseYaml(text),
    );
    expect(at(deployment, 'spec', 'replicas')).toBeUndefined();
    expect(
      at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image'),
    ).toBe('nginx:2.0');
    expect(at(ingress, 'spec', 'rules', 0)).toEqual({
      host: 'a.example.com',
      http: { paths: [{ path: '/', backend: { service: { name: 'x' } } }] },
    });
  });

  it.each([
    [new Map([['values.yaml', '']]), 'Chart.yaml file is missing'],
    [
      new Map([['Chart.yaml', 'version: 1']]),
      'chart.metadata.name is required',
    ],
    [
      new Map([
        ['Chart.yaml', 'name: x'],
        ['values.yaml', 'a: ['],
      ]),
      'cannot load values.yaml',
    ],
    [
      new Map([
        ['Chart.yaml', 'name: x'],
        ['charts/redis/Chart.yaml', 'name: redis'],
      ]),
      "doesn't support charts within a chart",
    ],
  ])('refuses a broken chart', (broken, message) => {
    expect(() => renderChart(broken, {}, release)).toThrow(message);
  });
});
