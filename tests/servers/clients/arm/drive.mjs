// drive.mjs ENDPOINT: Microsoft's own client goes through what the adapter does with virtual machines, against the server at ENDPOINT, which speaks HTTPS.
// The access token stands in the environment: ARM_TOKEN. NODE_EXTRA_CA_CERTS names the server's certificate.
// One line per step, "ok NAME" or "FAILED NAME: why"; exit 0 only if every step is ok.
import assert from 'node:assert/strict';
import {ComputeManagementClient} from '@azure/arm-compute';
import {end, step} from './steps.mjs';

const endpoint = process.argv[2].replace(/\/$/, '');
const subscription = '11111111-2222-3333-4444-555555555555';
const group = 'skycompat';
const location = 'westeurope';
const token = process.env.ARM_TOKEN;
const credential = {getToken: async () => ({token, expiresOnTimestamp: Date.now() + 3_600_000})};
const client = new ComputeManagementClient(credential, subscription, {endpoint, retryOptions: {maxRetries: 0}});
const fast = {updateIntervalInMs: 5};
async function all(pages) {
  const found = [];
  for await (const item of pages) {
    found.push(item);
  }
  return found;
}

// Groups and networks are other clients' business; the client of compute needs a subnet.
async function put(path, version, body) {
  const reply = await fetch(`${endpoint}/subscriptions/${subscription}/resourceGroups/${path}?api-version=${version}`, {
    method: 'PUT',
    headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  assert(reply.ok, await reply.clone().text());
  return await reply.json();
}

const power = async () => (await client.virtualMachines.instanceView(group, 'vm')).statuses.map(status => status.code).filter(code => code.startsWith('PowerState/'));

await step('a wrong token is refused', async () => {
  const stranger = new ComputeManagementClient({getToken: async () => ({token: 'none', expiresOnTimestamp: Date.now() + 3_600_000})}, subscription, {endpoint, retryOptions: {maxRetries: 0}});
  await assert.rejects(all(stranger.virtualMachines.list(group)), error => error.statusCode === 401);
});
await step('sizes', async () => {
  const sizes = await all(client.resourceSkus.list({filter: `location eq '${location}'`}));
  const size = sizes.find(found => found.name === 'Standard_D2s_v5');
  assert.equal(size.capabilities.find(capability => capability.name === 'vCPUs').value, '2');
});
await step('quotas', async () => {
  const usages = await all(client.usageOperations?.list(location) ?? client.usage.list(location));
  assert(usages.some(usage => usage.name.value === 'cores' && usage.limit > 0));
});
await step('images', async () => {
  const images = await client.virtualMachineImages.list(location, 'Canonical', 'ubuntu-24_04-lts', 'server');
  assert(images.length > 0 && images.every(image => image.id));
});
let subnet;
await step('group and subnet', async () => {
  await put(group, '2021-04-01', {location});
  const network = await put(`${group}/providers/Microsoft.Network/virtualNetworks/net`, '2024-01-01', {
    location,
    properties: {addressSpace: {addressPrefixes: ['10.0.0.0/16']}, subnets: [{name: 'default', properties: {addressPrefix: '10.0.0.0/16'}}]},
  });
  subnet = network.properties.subnets[0].id;
});
const machine = () => ({
  location,
  tags: {team: 'blue'},
  hardwareProfile: {vmSize: 'Standard_D2s_v5'},
  storageProfile: {
    imageReference: {publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest'},
    osDisk: {createOption: 'FromImage', deleteOption: 'Delete', managedDisk: {storageAccountType: 'StandardSSD_LRS'}},
  },
  osProfile: {
    computerName: 'vm',
    adminUsername: 'someone',
    linuxConfiguration: {disablePasswordAuthentication: true, ssh: {publicKeys: [{path: '/home/someone/.ssh/authorized_keys', keyData: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'}]}},
  },
  networkProfile: {
    networkApiVersion: '2020-11-01',
    networkInterfaceConfigurations: [{name: 'nic', deleteOption: 'Delete', primary: true, ipConfigurations: [{name: 'ip', subnet: {id: subnet}}]}],
  },
});
await step('machine in one request', async () => {
  const made = await client.virtualMachines.createOrUpdate(group, 'vm', machine(), fast);
  assert.equal(made.provisioningState, 'Succeeded');
  assert.equal(made.tags.team, 'blue');
  assert.deepEqual(await power(), ['PowerState/running']);
});
await step('the same again changes nothing', async () => {
  const again = await client.virtualMachines.createOrUpdate(group, 'vm', machine(), fast);
  assert.equal(again.vmId, (await client.virtualMachines.get(group, 'vm')).vmId);
});
await step('list and get with the view', async () => {
  assert.deepEqual((await all(client.virtualMachines.list(group))).map(found => found.name), ['vm']);
  assert((await client.virtualMachines.get(group, 'vm', {expand: 'instanceView'})).instanceView.statuses.length > 1);
});
await step('stopped and billed, deallocated, started, restarted', async () => {
  for (const [verb, state] of [['powerOff', 'stopped'], ['start', 'running'], ['deallocate', 'deallocated'], ['start', 'running'], ['restart', 'running']]) {
    await client.virtualMachines[verb](group, 'vm', fast);
    assert.deepEqual(await power(), [`PowerState/${state}`]);
  }
});
await step('disk attached and detached', async () => {
  const disk = await client.disks.createOrUpdate(group, 'data', {location, creationData: {createOption: 'Empty'}, diskSizeGB: 16}, fast);
  assert.equal(disk.diskSizeGB, 16);
  await client.virtualMachines.attachDetachDataDisks(group, 'vm', {dataDisksToAttach: [{diskId: disk.id}]}, fast);
  assert.match((await client.disks.get(group, 'data')).managedBy, /\/vm$/);
  await client.virtualMachines.attachDetachDataDisks(group, 'vm', {dataDisksToDetach: [{diskId: disk.id}]}, fast);
});
await step('snapshot', async () => {
  const source = (await client.disks.get(group, 'data')).id;
  await client.snapshots.createOrUpdate(group, 'snap', {location, creationData: {createOption: 'Copy', sourceResourceId: source}, incremental: true}, fast);
  assert.equal((await client.snapshots.get(group, 'snap')).provisioningState, 'Succeeded');
  await client.snapshots.delete(group, 'snap', fast);
});
await step('ssh key', async () => {
  await client.sshPublicKeys.create(group, 'key', {location, publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'});
  assert.deepEqual((await all(client.sshPublicKeys.listByResourceGroup(group))).map(found => found.name), ['key']);
  await client.sshPublicKeys.delete(group, 'key');
});
await step('a size that is not there is refused', async () => {
  await assert.rejects(client.virtualMachines.createOrUpdate(group, 'other', {...machine(), hardwareProfile: {vmSize: 'Standard_Z99'}}, fast), error => error.statusCode >= 400 && error.statusCode < 500);
});
await step('delete takes the disk along', async () => {
  await client.virtualMachines.delete(group, 'vm', fast);
  await assert.rejects(client.virtualMachines.get(group, 'vm'), error => error.statusCode === 404);
  assert.deepEqual((await all(client.disks.listByResourceGroup(group))).map(found => found.name), ['data']);
  await client.disks.delete(group, 'data', fast);
});
end();
