// drive.mjs ENDPOINT: Google's own client goes through what the adapter does with Compute Engine, against the server at ENDPOINT.
// The access token stands in the environment: GCE_TOKEN.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import compute from '@google-cloud/compute';
import {end, step} from './steps.mjs';

const endpoint = new URL(process.argv[2]);
const token = process.env.GCE_TOKEN;

// The client asks its credentials for headers and for the project, and sends its requests through their connection.
const auth = {
  getClient: async () => auth,
  getProjectId: async () => 'p',
  getUniverseDomain: async () => 'googleapis.com',
  universeDomain: 'googleapis.com',
  getRequestHeaders: async () => new Map([['Authorization', `Bearer ${token}`]]),
  fetch: async (url, options) => {
    const headers = new Headers(options?.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return await fetch(url, {...options, headers});
  },
};
const options = {fallback: true, protocol: 'http', apiEndpoint: endpoint.hostname, port: Number(endpoint.port), auth};
const project = 'p';
const zone = 'europe-west3-a';
const region = 'europe-west3';
const instances = new compute.InstancesClient(options);
const disks = new compute.DisksClient(options);
const addresses = new compute.AddressesClient(options);
const zoneOperations = new compute.ZoneOperationsClient(options);
const regionOperations = new compute.RegionOperationsClient(options);
const globalOperations = new compute.GlobalOperationsClient(options);
async function finish([reply], waiter = zoneOperations, place = {zone}) {
  let operation = reply.latestResponse ?? reply;
  while (operation.status !== 'DONE') {
    [operation] = await waiter.wait({operation: operation.name, project, ...place});
  }
  return operation;
}

const get = async () => (await instances.get({project, zone, instance: 'vm'}))[0];

await step('zones', async () => {
  const names = [];
  for await (const found of new compute.ZonesClient(options).listAsync({project})) {
    names.push(found.name);
  }
  assert(names.includes(zone));
});
await step('machine types, filtered', async () => {
  const found = [];
  for await (const type of new compute.MachineTypesClient(options).listAsync({project, zone, filter: '(guestCpus >= 4) (memoryMb <= 16384)'})) {
    found.push(type);
  }
  assert(found.length > 0 && found.every(type => type.guestCpus >= 4 && type.memoryMb <= 16384));
});
await step('image of a family', async () => {
  const [image] = await new compute.ImagesClient(options).getFromFamily({project: 'debian-cloud', family: 'debian-12'});
  assert.equal(image.family, 'debian-12');
});
await step('quotas of a region', async () => {
  const [found] = await new compute.RegionsClient(options).get({project, region});
  assert(found.quotas.some(quota => quota.metric === 'CPUS' && quota.limit > 0));
});
await step('insert', async () => {
  const operation = await finish(await instances.insert({
    project,
    zone,
    requestId: '11111111-2222-3333-4444-555555555555',
    instanceResource: {
      name: 'vm',
      machineType: `zones/${zone}/machineTypes/e2-small`,
      labels: {team: 'blue'},
      disks: [{boot: true, autoDelete: true, initializeParams: {sourceImage: 'projects/debian-cloud/global/images/family/debian-12', diskSizeGb: '10'}}],
      networkInterfaces: [{network: 'global/networks/default', accessConfigs: [{name: 'External NAT', type: 'ONE_TO_ONE_NAT'}]}],
    },
  }));
  assert(!operation.error);
  assert.equal((await get()).status, 'RUNNING');
});
await step('insert again by the same request id', async () => {
  const [reply] = await instances.insert({project, zone, requestId: '11111111-2222-3333-4444-555555555555', instanceResource: {name: 'vm'}});
  assert.equal((reply.latestResponse ?? reply).status, 'DONE');
});
await step('insert again is refused', async () => {
  await assert.rejects(instances.insert({project, zone, instanceResource: {name: 'vm', machineType: `zones/${zone}/machineTypes/e2-small`}}), error => error.code === 409 || /already exists/.test(error.message));
});
await step('aggregated list by label', async () => {
  const found = [];
  for await (const [place, scope] of instances.aggregatedListAsync({project, filter: 'labels.team = "blue"'})) {
    found.push(...(scope.instances ?? []).map(instance => `${place} ${instance.name}`));
  }
  assert.deepEqual(found, [`zones/${zone} vm`]);
});
await step('labels by fingerprint', async () => {
  const {labelFingerprint} = await get();
  await finish(await instances.setLabels({project, zone, instance: 'vm', instancesSetLabelsRequestResource: {labelFingerprint, labels: {team: 'red'}}}));
  assert.equal((await get()).labels.team, 'red');
  await assert.rejects(instances.setLabels({project, zone, instance: 'vm', instancesSetLabelsRequestResource: {labelFingerprint, labels: {}}}));
});
await step('stop, start, suspend, resume', async () => {
  for (const [verb, status] of [['stop', 'TERMINATED'], ['start', 'RUNNING'], ['suspend', 'SUSPENDED'], ['resume', 'RUNNING']]) {
    await finish(await instances[verb]({project, zone, instance: 'vm'}));
    assert.equal((await get()).status, status);
  }
});
await step('serial port', async () => {
  const [output] = await instances.getSerialPortOutput({project, zone, instance: 'vm', port: 1});
  assert.match(output.contents, /Linux/);
});
await step('disk attached and detached', async () => {
  await finish(await disks.insert({project, zone, diskResource: {name: 'data', sizeGb: '10'}}));
  await finish(await instances.attachDisk({project, zone, instance: 'vm', attachedDiskResource: {source: `projects/p/zones/${zone}/disks/data`, deviceName: 'data'}}));
  await assert.rejects(disks.delete({project, zone, disk: 'data'}));
  await finish(await instances.detachDisk({project, zone, instance: 'vm', deviceName: 'data'}));
});
await step('snapshot', async () => {
  await finish(await disks.createSnapshot({project, zone, disk: 'data', snapshotResource: {name: 'snap'}}));
  const snapshots = new compute.SnapshotsClient(options);
  assert.equal((await snapshots.get({project, snapshot: 'snap'}))[0].status, 'READY');
  await finish(await snapshots.delete({project, snapshot: 'snap'}), globalOperations, {});
});
await step('address', async () => {
  await finish(await addresses.insert({project, region, addressResource: {name: 'ip'}}), regionOperations, {region});
  assert.match((await addresses.get({project, region, address: 'ip'}))[0].address, /^\d+\.\d+\.\d+\.\d+$/);
  await finish(await addresses.delete({project, region, address: 'ip'}), regionOperations, {region});
});
await step('firewall', async () => {
  const firewalls = new compute.FirewallsClient(options);
  await finish(await firewalls.insert({project, firewallResource: {name: 'web', network: 'global/networks/default', allowed: [{IPProtocol: 'tcp', ports: ['80']}], sourceRanges: ['0.0.0.0/0']}}), globalOperations, {});
  await finish(await firewalls.delete({project, firewall: 'web'}), globalOperations, {});
});
await step('network and subnet', async () => {
  const networks = new compute.NetworksClient(options);
  const subnetworks = new compute.SubnetworksClient(options);
  await finish(await networks.insert({project, networkResource: {name: 'net', autoCreateSubnetworks: false}}), globalOperations, {});
  await finish(await subnetworks.insert({project, region, subnetworkResource: {name: 'net', network: 'global/networks/net', ipCidrRange: '10.20.0.0/16'}}), regionOperations, {region});
  await assert.rejects(networks.delete({project, network: 'net'}));
  await finish(await subnetworks.delete({project, region, subnetwork: 'net'}), regionOperations, {region});
  await finish(await networks.delete({project, network: 'net'}), globalOperations, {});
});
await step('delete', async () => {
  await finish(await instances.delete({project, zone, instance: 'vm'}));
  await assert.rejects(get(), error => error.code === 404 || error.code === 5 || /not found/.test(error.message));
  await finish(await disks.delete({project, zone, disk: 'data'}));
});
end();
