// How to go on while an installation still lacks something.
import type { ComponentChildren } from 'preact';
import type { NextStep } from '../live/next_step';
import { useLanguage } from '../texts/language';
import { Command, kursCall } from './command';

/** The server's default for stations; the API does not say what it was started with. */
const STATIONS_PORT = 9000;

const example = { installation: 'Storgata 1', limit_a: 63, circuit: 'Kurs 1', rating_a: 32, chargePoint: 'P-101' };

const createCircuit = (installation: number) =>
  kursCall('circuit.create', { installation, label: example.circuit, rating_a: example.rating_a });
const createChargePoint = (circuit: number) =>
  kursCall('charge_point.create', { circuit, name: example.chargePoint, active: true });
const assign = (station: string, chargePoint: number) =>
  kursCall('station.assign', { station, charge_point: chargePoint });

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="next-step">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function NoInstallationCard() {
  const { t } = useLanguage();
  return (
    <Card title={t.empty.noInstallation}>
      <p>{t.empty.noInstallationLead}</p>
      <Command text={kursCall('installation.create', { name: example.installation, limit_a: example.limit_a })} />
      <Command text={createCircuit(1)} />
      <Command text={createChargePoint(1)} />
      <p>{t.empty.afterCommands}</p>
    </Card>
  );
}

export function NextStepCard({ step }: { step: NextStep }) {
  const { t } = useLanguage();
  switch (step.kind) {
    case 'circuit':
      return (
        <Card title={t.empty.circuit}>
          <p>{t.empty.circuitLead}</p>
          <Command text={createCircuit(step.installation)} />
        </Card>
      );
    case 'charge_point':
      return (
        <Card title={t.empty.chargePoint}>
          <p>{t.empty.chargePointLead}</p>
          <Command text={createChargePoint(step.circuit)} />
        </Card>
      );
    case 'activate':
      return (
        <Card title={t.empty.activate}>
          <p>{t.empty.activateLead}</p>
          <Command text={kursCall('charge_point.activate', { charge_point: step.chargePoint })} />
        </Card>
      );
    case 'connect':
      return (
        <Card title={t.empty.connect}>
          <p>{t.empty.connectLead}</p>
          <Command text={`ws://${location.hostname}:${STATIONS_PORT}/ocpp/${t.empty.connectIdentity}`} />
          <p>{t.empty.connectNote}</p>
          <Command text={assign(t.empty.connectIdentity, step.chargePoint)} />
        </Card>
      );
    case 'assign':
      return (
        <Card title={t.empty.assign}>
          <p>{t.empty.assignLead}</p>
          {step.stations.map((station) => (
            <Command key={station} text={assign(station, step.chargePoint)} />
          ))}
        </Card>
      );
    case 'none':
      return null;
  }
}
