#pragma once
#include "CSignals.h"
#include "CTerminal.h"
#include "Descriptors.h"
#include "Poller.h"
