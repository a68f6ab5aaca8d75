#pragma once
#include "CSignals.h"
