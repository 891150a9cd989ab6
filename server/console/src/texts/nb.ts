// Every text of the console, in Norwegian Bokmål.
import type { Texts } from './en';

export const nb: Texts = {
  languageName: 'Norsk bokmål',
  locale: 'nb-NO',
  duration: { day: 'd', hour: 't', minute: 'min', lessThanAMinute: '< 1 min' },

  page: {
    logout: 'Logg ut',
    language: 'Språk',
    live: 'Direkte',
    connecting: 'Kobler til',
    reconnecting: 'Kobler til igjen',
    loading: 'Henter anlegget …',
    lost: (at) => `Forbindelsen til serveren er brutt. Verdiene er fra ${at}.`,
    lostEarly: 'Forbindelsen til serveren er brutt.',
    tryNow: 'Prøv nå',
    failed: (message) => `Serveren svarte: ${message}`,
    noScreen: 'Det oppstod en feil, og siden stoppet. Last den på nytt. Skjer det igjen, så meld fra.',
  },

  login: {
    title: 'Logg inn',
    user: 'Bruker',
    password: 'Passord',
    submit: 'Logg inn',
    busy: 'Logger inn …',
    hint: 'Første gang? Serveren skrev ut den første brukeren og passordet da den startet med en tom datamappe.',
    missing: 'Fyll inn både bruker og passord.',
    wrong: 'Feil bruker eller passord.',
    tooMany: 'For mange forsøk. Vent noen minutter og prøv igjen.',
    ended: 'Innloggingen er utløpt: den var ubrukt i 12 timer, eller serveren ble startet på nytt. Logg inn igjen.',
    unreachable: 'Får ikke kontakt med serveren. Siden fortsetter å prøve.',
    failed: (message) => `Innloggingen mislyktes. Serveren svarte: ${message}`,
  },

  installation: {
    choose: 'Anlegg',
    notFound: 'Dette anlegget finnes ikke (lenger).',
    updated: (at) => `Oppdatert ${at}`,
    mainLimit: (limit) => `vern ${limit}`,
    chargePoints: (count, one) => (one ? '1 ladepunkt' : `${count} ladepunkter`),
    online: (count) => `${count} tilkoblet`,
    charging: (count) => `${count} lader`,
    waiting: (count) => `${count} venter`,
    faulted: (count) => `${count} med feil`,
    showInactive: (count) => `Vis ikke aktiverte (${count})`,
  },

  circuit: {
    supply: 'Inntak',
    rating: (rating) => `kursstørrelse ${rating}`,
    hidden: (count) => `${count} ikke aktivert, vises ikke`,
    level: {
      high: (lines) => `${lines} nesten full`,
      full: (lines) => `${lines} full`,
      over: (lines) => `${lines} over vernet`,
    },
  },

  load: {
    caption: (label) => `Strøm på ${label}, i ampere`,
    line: 'Fase',
    measured: 'Målt',
    granted: 'Tildelt',
    ceiling: 'Høyst',
    unknown: 'ukjent',
    near: { high: 'nesten full', full: 'full', over: 'over vernet' },
    legend: 'Slik leser du søylene',
    legendMeasured: 'av ladestasjonene, nå',
    legendGranted: 'til ladepunktene',
    legendCeiling: 'det ladestasjonene kan trekke akkurat nå',
    legendEnd: 'Enden av en søyle er kursstørrelsen, for inntaket vernet.',
  },

  chargePoint: {
    states: {
      no_station: 'Ingen ladestasjon tilordnet',
      never_seen: 'Ladestasjonen har aldri vært tilkoblet',
      offline: 'Ladestasjonen er frakoblet',
      available: 'Ledig',
      preparing: 'Bil tilkoblet, lader ikke ennå',
      charging: 'Lader',
      suspended_ev: 'Bil tilkoblet, tar ikke imot strøm nå',
      suspended_evse: 'Bil tilkoblet, venter på strøm',
      finishing: 'Ladingen er ferdig, bilen er fortsatt tilkoblet',
      reserved: 'Reservert',
      unavailable: 'Ute av drift',
      faulted: 'Feil',
    },
    fault: (code) => `Feil: ${code}`,
    alsoReports: (code) => `Ladestasjonen melder: ${code}`,
    stationOnline: 'tilkoblet',
    stationOffline: 'frakoblet',
    lastSeen: (at) => `frakoblet, sist sett ${at}`,
    limit: 'Grense',
    measuredOn: 'Målt på',
    energy: 'Økt',
    duration: 'Tid',
    mayStillDraw: (ceiling) => `Ladestasjonen kan trekke ${ceiling} til den har bekreftet endringen`,
  },

  reason: {
    ownMaximum: 'Får det meste den kan få',
    lineFull: (where, line, left) => `${where} er full på ${line}: ${left} igjen`,
    full: (where, left) => `${where} er full: ${left} igjen`,
    waiting: (place) => `Venter på strøm, plass ${place} i køen`,
    waitingWithoutPlace: 'Venter på strøm',
    offline: 'Frakoblet: det den kan trekke er satt av',
    notObeying: 'Ladestasjonen avviste grensen: det den kan trekke er satt av',
    inactive: 'Ikke aktivert',
    settling: 'Får mer så snart andre har gått ned',
  },

  empty: {
    noInstallation: 'Ingen anlegg ennå',
    noInstallationLead:
      'Et anlegg er kopien av ett ladeanlegg: inntaket, kursene og ladepunktene. ' +
      'Opprett det første med disse kommandoene. Hver av dem skriver ut id-en som den neste trenger:',
    afterCommands: 'Siden viser det så snart det finnes.',
    circuit: 'Neste: legg til den første kursen',
    circuitLead: 'En kurs er en gren bak ett vern. Kursstørrelsen overskrides aldri.',
    chargePoint: 'Neste: legg til det første ladepunktet',
    chargePointLead: 'Et ladepunkt er et sted å lade, for eksempel plassen til en leilighet. En ladestasjon tilordnes det.',
    activate: 'Neste: aktiver et ladepunkt',
    activateLead: 'Et ladepunkt får strøm når det er aktivert.',
    connect: 'Neste: koble til en ladestasjon',
    connectLead: 'Sett denne adressen som sentralsystem (OCPP 1.6 eller 2.0.1, JSON) i ladestasjonen:',
    connectIdentity: 'IDENTITET',
    connectNote:
      'IDENTITET er ladestasjonens eget navn, for eksempel serienummeret. ' +
      'Porten er serverens standard; serveren skriver ut adressen der den venter på ladestasjoner. ' +
      'Når ladestasjonen er tilkoblet, tilordnes den et ladepunkt:',
    assign: 'Neste: tilordne en ladestasjon til et ladepunkt',
    assignLead: 'Disse ladestasjonene er tilkoblet uten å høre til et ladepunkt. De kan ikke lade før de gjør det:',
    noChargePoints: 'Ingen ladepunkter på denne kursen.',
  },
};
