package fovea.catalog;

/** What an importer finds in a data set, in the order in which it finds it. */
public sealed interface Item
    permits FundusItem, RefractionItem, SessionItem, LegacySession, Problem {}
