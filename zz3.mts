import { createHash } from 'node:crypto';
import { configOf } from './src/world/config.ts';
import { loadDictionaries } from './src/world/dictionaries.ts';
import { buildWorld } from './src/world/build.ts';
import { customerRecords } from './src/world/identities.ts';
const dict=loadDictionaries('/tmp/dict');
const H=(x:any)=>createHash('sha256').update(ArrayBuffer.isView(x)?new Uint8Array(x.buffer):JSON.stringify(x)).digest('hex').slice(0,8);
for (const seed of [1]) { const w=buildWorld(configOf({seed}),dict,Date.UTC(2024,0,1));
for (const k of ['geographies','dcs','stores','suppliers','trucks'] as const) console.log(k,H(w[k]));
for (const [k,v] of Object.entries(w.products)) console.log('p',k,H(v));
for (const [k,v] of Object.entries(w.customers)) console.log('c',k,H(v));
console.log('share', H(w.regions.map(r=>r.customerShare)));
for(const o of [w.openingStoreStock(3),w.openingDcStock(1)])console.log(H(o.units),H(o.reorderPoint));
const h=createHash('sha256'); for(const r of customerRecords(w,dict)) h.update(r.firstName+r.lastName+r.address+r.phone+r.loyaltyCard); console.log(h.digest('hex').slice(0,8));
}
let d='';for(const x of [0.1,1.7,123.456,0.72*Math.PI]) d+=[Math.exp(-x),Math.log(x),Math.sin(x),Math.cos(x),Math.asin(x%1),Math.sqrt(x),x**2,Math.log1p(x),Math.exp(-.72*Math.log(x))].join(' ')+'\n'; console.log(d);
