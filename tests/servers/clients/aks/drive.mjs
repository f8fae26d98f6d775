// drive.mjs ENDPOINT: Microsoft's own client goes through what the adapter does with AKS, against the server at ENDPOINT, which speaks HTTPS.
// NODE_EXTRA_CA_CERTS names the server's certificate.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import {ContainerServiceClient} from '@azure/arm-containerservice';
import {end, step} from './steps.mjs';

const endpoint = process.argv[2].replace(/\/$/, '');
const credential = {getToken: async () => ({token: 'node', expiresOnTimestamp: Date.now() + 3_600_000})};
const client = new ContainerServiceClient(credential, '11111111-2222-3333-4444-555555555555', {endpoint, retryOptions: {maxRetries: 0}});
const location = 'westeurope';
const group = 'skycompat';
const name = 'prod';
const fast = {updateIntervalInMs: 5};
async function all(pages) {
  const found = [];
  for await (const item of pages) {
    found.push(item);
  }
  return found;
}

const refusal = (statusCode, code, promise) => assert.rejects(promise, {statusCode, code});
const pool = (more = {}) => ({count: 1, vmSize: 'Standard_D2s_v5', osType: 'Linux', mode: 'System', ...more});
const cluster = (more = {}) => ({location, tags: {team: 'blue'}, identity: {type: 'SystemAssigned'}, dnsPrefix: name, agentPoolProfiles: [{name: 'main', ...pool()}], ...more});
const get = () => client.managedClusters.get(group, name);

await step('versions, one of them the default', async () => {
  const {values} = await client.managedClusters.listKubernetesVersions(location);
  assert.deepEqual(values.filter(version => version.isDefault).map(version => version.version), ['1.33']);
  assert.deepEqual(Object.keys(values[0].patchVersions), ['1.33.4']);
});
await step('a cluster that is not there', () => refusal(404, 'ResourceNotFound', get()));
await step('a version that is not offered', () => refusal(400, 'K8sVersionNotSupported', client.managedClusters.createOrUpdate(group, name, cluster({kubernetesVersion: '1.1.1'}), fast)));
await step('creation, waited for', async () => {
  const made = await client.managedClusters.createOrUpdate(group, name, cluster(), fast);
  assert.deepEqual([made.provisioningState, made.currentKubernetesVersion, made.powerState.code], ['Succeeded', '1.33.4', 'Running']);
  assert.match(made.fqdn, /azmk8s\.io$/);
  assert.deepEqual(made.tags, {team: 'blue'});
});
await step('list and get', async () => {
  assert.deepEqual((await all(client.managedClusters.listByResourceGroup(group))).map(found => found.name), [name]);
  assert.deepEqual((await get()).agentPoolProfiles.map(found => [found.name, found.count]), [['main', 1]]);
});
await step('credentials', async () => {
  const {kubeconfigs} = await client.managedClusters.listClusterUserCredentials(group, name);
  assert.match(Buffer.from(kubeconfigs[0].value).toString(), /server: https:/);
});
await step('pool made, with a scaler and a taint', async () => {
  const made = await client.agentPools.createOrUpdate(group, name, 'batch', pool({mode: 'User', enableAutoScaling: true, minCount: 1, maxCount: 3, scaleSetPriority: 'Spot', nodeLabels: {pool: 'batch'}, nodeTaints: ['batch=yes:NoSchedule']}), fast);
  assert.deepEqual([made.provisioningState, made.maxCount, made.scaleSetPriority, made.nodeTaints], ['Succeeded', 3, 'Spot', ['batch=yes:NoSchedule']]);
  assert.deepEqual((await all(client.agentPools.list(group, name))).map(found => found.name).sort(), ['batch', 'main']);
});
await step('one operation at a time', async () => {
  const first = client.agentPools.createOrUpdate(group, name, 'main', pool({count: 3}), fast);
  await first.submitted?.();
  await refusal(409, 'OperationNotAllowed', client.agentPools.createOrUpdate(group, name, 'batch', pool({mode: 'User', count: 2}), fast));
  assert.equal((await first).count, 3);
});
await step('cluster upgraded, then its pool', async () => {
  const upgraded = await client.managedClusters.createOrUpdate(group, name, cluster({kubernetesVersion: '1.34.1'}), fast);
  assert.equal(upgraded.currentKubernetesVersion, '1.34.1');
  assert.equal((await client.agentPools.createOrUpdate(group, name, 'main', pool({count: 3, orchestratorVersion: '1.34.1'}), fast)).currentOrchestratorVersion, '1.34.1');
});
await step('pool deleted', async () => {
  await client.agentPools.delete(group, name, 'batch', fast);
  await refusal(404, 'NotFound', client.agentPools.get(group, name, 'batch'));
});
await step('cluster deleted', async () => {
  await client.managedClusters.delete(group, name, fast);
  await refusal(404, 'ResourceNotFound', get());
  assert.deepEqual(await all(client.managedClusters.listByResourceGroup(group)), []);
});
end();
