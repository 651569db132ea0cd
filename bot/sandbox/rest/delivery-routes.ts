import { ApiError, notFound } from '../http/api-error.ts';
import { type Answer, type Call, get, ok, type Route } from '../http/call.ts';
import { paginate } from '../http/paginate.ts';
import type { Json } from '../json/account-json.ts';
import type { Delivery } from '../store/work-entities.ts';

/** Failed deliveries can be asked for again for three days. */
const REDELIVERY_MS = 72 * 3_600_000;

/** Webhook deliveries of the App, and sending one again. */
export function deliveryRoutes(): readonly Route[] {
  return [
    get('/app/hook/deliveries', 'app', listDeliveries),
    get('/app/hook/deliveries/{delivery_id}', 'app', (call) => ok(fullDelivery(deliveryAsked(call)))),
    { method: 'POST', path: '/app/hook/deliveries/{delivery_id}/attempts', right: 'app', body: null, run: redeliver },
  ];
}

function listDeliveries(call: Call): Promise<Answer> {
  return paginate(call, [...call.world.deliveries.all()].reverse(), deliveryJson);
}

function deliveryAsked(call: Call): Delivery {
  const delivery = call.world.deliveries.get(Number(call.params['delivery_id']));
  if (delivery === null) throw notFound();
  return delivery;
}

function redeliver(call: Call): Answer {
  const delivery = deliveryAsked(call);
  if (Date.parse(delivery.deliveredAt) < call.world.time() - REDELIVERY_MS)
    throw new ApiError(422, 'The delivery is too old to be redelivered.');
  call.world.redeliver(delivery);
  return { status: 202, json: {} };
}

function deliveryJson(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: null,
    throttled_at: null,
  };
}

function fullDelivery(delivery: Delivery): Json {
  return {
    ...deliveryJson(delivery),
    url: delivery.url,
    request: { headers: { 'X-GitHub-Delivery': delivery.guid }, payload: JSON.parse(delivery.body) },
    response: { headers: {}, payload: null },
  };
}
